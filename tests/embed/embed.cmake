# SPDX-License-Identifier: MIT
# Installs what other projects get, moves it, and builds and tests the project in foreign/ against it.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${PREFIX} ${PREFIX}-elsewhere ${WORK})
execute_process(COMMAND_ERROR_IS_FATAL ANY
    COMMAND ${CMAKE_COMMAND} --install ${BUILD} --config ${CONFIG} --component Development --prefix ${PREFIX})
# What was installed must not know where it was built or installed.
file(RENAME ${PREFIX} ${PREFIX}-elsewhere)

file(GLOB_RECURSE headers RELATIVE ${PREFIX}-elsewhere/include/hubbub ${PREFIX}-elsewhere/include/*)
foreach(header IN LISTS headers)
    if(NOT header MATCHES "\\.h$" OR header MATCHES "_p\\.h$")
        message(FATAL_ERROR "${header} is installed, and no public header")
    endif()
endforeach()
foreach(wanted libclient/client/manager.h server-lite/core/server.h)
    if(NOT wanted IN_LIST headers)
        message(FATAL_ERROR "${wanted} is not installed")
    endif()
endforeach()
file(GLOB_RECURSE texts ${PREFIX}-elsewhere/*.cmake)
foreach(text IN LISTS texts)
    file(READ ${text} content)
    string(FIND "${content}" "${BUILD}" at)
    if(NOT at EQUAL -1)
        message(FATAL_ERROR "${text} names the build tree")
    endif()
endforeach()

execute_process(COMMAND_ERROR_IS_FATAL ANY
    COMMAND ${CMAKE_COMMAND} -S ${FOREIGN} -B ${WORK} -G ${GENERATOR} -D CMAKE_BUILD_TYPE=${CONFIG}
        -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
        -D CMAKE_PREFIX_PATH=${PREFIX}-elsewhere)
execute_process(COMMAND_ERROR_IS_FATAL ANY COMMAND ${CMAKE_COMMAND} --build ${WORK})
execute_process(COMMAND_ERROR_IS_FATAL ANY
    COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${WORK} --output-on-failure --no-tests=error)
