# SPDX-License-Identifier: MIT

# What every test program needs from its surroundings: no screen, no GPU, a runtime folder of its own.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/runtime)
file(CHMOD ${CMAKE_BINARY_DIR}/runtime PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
set(HUBBUB_TEST_ENVIRONMENT
    QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software XDG_RUNTIME_DIR=${CMAKE_BINARY_DIR}/runtime)

# What fails a test whatever its exit code is: a warning that nobody expected, also after the last test function or on
# another thread, and what a sanitizer says about it or about a program that it started.
set(HUBBUB_TEST_FAULTS "QWARN  *:" "QCRITICAL *:" "(Address|Leak|Thread|UndefinedBehavior)Sanitizer:" "runtime error:")

# What ./dev test builds beside the product; with a sanitizer, these alone.
add_custom_target(hubbub_test_programs)

# hubbub_test(name SOURCES ... LINK targets... [LABELS ...] [TIMEOUT seconds] [ENVIRONMENT ...])
# One Qt Test program per call; without a screen unless it says otherwise.
function(hubbub_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    hubbub_program(${name} SOURCES ${ARG_SOURCES} LINK Qt6::Test ${ARG_LINK})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    # A quarter less to compile; at that level GCC 12 takes Qt's strings for uninitialized.
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1> $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT "${HUBBUB_TEST_ENVIRONMENT};${ARG_ENVIRONMENT}" FAIL_REGULAR_EXPRESSION "${HUBBUB_TEST_FAULTS}")
    add_dependencies(hubbub_test_programs ${name})
endfunction()
