# SPDX-License-Identifier: MIT
# Installs what other projects get, with the command of the page, moves it, and builds and tests the project in foreign/ against
# it: the CMake lines of the pages as they stand there.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${PREFIX} ${PREFIX}-elsewhere ${WORK})

# The lines of docs/PAGE.md that begin with ```LANGUAGE, in WORK/pages/PAGE.LANGUAGE.
function(take_lines page language)
    file(READ ${DOCS}/${page}.md content)
    if(NOT content MATCHES "\n```${language}\n([^`]*)```")
        message(FATAL_ERROR "${page}.md shows no lines of ${language}")
    endif()
    file(WRITE ${WORK}/pages/${page}.${language} "${CMAKE_MATCH_1}")
endfunction()
foreach(page server-api client-api client-outbox qml)
    take_lines(${page} cmake)
endforeach()

file(STRINGS ${DOCS}/server-api.md command REGEX "^    cmake --install ")
if(NOT command MATCHES "^    cmake --install build (.*) --prefix /opt/hubbub$")
    message(FATAL_ERROR "server-api.md does not say how to install")
endif()
separate_arguments(options UNIX_COMMAND "${CMAKE_MATCH_1}")
execute_process(COMMAND_ERROR_IS_FATAL ANY
    COMMAND ${CMAKE_COMMAND} --install ${BUILD} --config ${CONFIG} ${options} --prefix ${PREFIX})
# What was installed must not know where it was built or installed.
file(RENAME ${PREFIX} ${PREFIX}-elsewhere)

file(GLOB_RECURSE headers RELATIVE ${PREFIX}-elsewhere/include/hubbub ${PREFIX}-elsewhere/include/*)
foreach(header IN LISTS headers)
    if(NOT header MATCHES "\\.h$" OR header MATCHES "_p\\.h$")
        message(FATAL_ERROR "${header} is installed, and no public header")
    endif()
endforeach()
foreach(wanted libclient/client/manager.h libclient/outbox/outboxcourier.h server-lite/core/server.h)
    if(NOT wanted IN_LIST headers)
        message(FATAL_ERROR "${wanted} is not installed")
    endif()
endforeach()
file(GLOB_RECURSE texts ${PREFIX}-elsewhere/*.cmake ${PREFIX}-elsewhere/*qmldir ${PREFIX}-elsewhere/*.qmltypes)
foreach(text IN LISTS texts)
    file(READ ${text} content)
    string(FIND "${content}" "${BUILD}" at)
    if(NOT at EQUAL -1)
        message(FATAL_ERROR "${text} names the build tree")
    endif()
endforeach()

# Two shared libraries with the same code in one program must not take each other's for their own.
file(GLOB_RECURSE shared ${PREFIX}-elsewhere/*.so)
foreach(library IN LISTS shared)
    execute_process(COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE symbols
        COMMAND ${NM} --dynamic --defined-only --demangle --format=just-symbols ${library})
    string(REPLACE "\n" ";" symbols "${symbols}")
    list(FILTER symbols EXCLUDE REGEX "^(qt_plugin_(instance|query_metadata(_v2)?))?$")
    if(symbols)
        message(FATAL_ERROR "${library} shows ${symbols}")
    endif()
endforeach()
if(QML AND NOT shared)
    message(FATAL_ERROR "the QML module's plugin is not installed")
endif()

execute_process(COMMAND_ERROR_IS_FATAL ANY
    COMMAND ${CMAKE_COMMAND} -S ${FOREIGN} -B ${WORK}/build -G ${GENERATOR} -D CMAKE_BUILD_TYPE=${CONFIG}
        -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
        -D CMAKE_PREFIX_PATH=${PREFIX}-elsewhere -D PAGES=${WORK}/pages -D WITH_QML=${QML})
execute_process(COMMAND_ERROR_IS_FATAL ANY COMMAND ${CMAKE_COMMAND} --build ${WORK}/build)
execute_process(COMMAND_ERROR_IS_FATAL ANY
    COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/build --output-on-failure --no-tests=error)
