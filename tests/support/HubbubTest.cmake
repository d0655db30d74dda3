# SPDX-License-Identifier: MIT

# hubbub_test(name SOURCES ... LINK targets... [LABELS ...] [TIMEOUT seconds] [ENVIRONMENT ...])
# One Qt Test program per call; without a screen unless it says otherwise.
function(hubbub_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    hubbub_program(${name} SOURCES ${ARG_SOURCES} LINK Qt6::Test ${ARG_LINK})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_QUICK_BACKEND=software;${ARG_ENVIRONMENT}")
endfunction()
