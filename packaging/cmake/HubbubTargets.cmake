# SPDX-License-Identifier: MIT
# How every target of the house is compiled: strict Qt, warnings, sanitizers, one precompiled header.

add_library(hubbub_options INTERFACE)
target_include_directories(hubbub_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(hubbub_options INTERFACE
    QT_NO_KEYWORDS
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_FOREACH
    QT_STRICT_ITERATORS
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_MESSAGELOGCONTEXT
    HUBBUB_VERSION="${PROJECT_VERSION}")
target_compile_options(hubbub_options INTERFACE
    -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<BOOL:${HUBBUB_WERROR}>:-Werror>)
if(HUBBUB_SANITIZE)
    target_compile_options(hubbub_options INTERFACE
        -fsanitize=${HUBBUB_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
        # Instrumented, Boost.Beast looks to GCC 12 as if it read what it had not written.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(hubbub_options INTERFACE -fsanitize=${HUBBUB_SANITIZE})
    if(HUBBUB_SANITIZE STREQUAL "thread")
        # Qt's global statics end with a fence, which GCC's thread sanitizer warns that it does not see.
        target_compile_options(hubbub_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
    endif()
endif()

find_program(HUBBUB_MOLD mold)
if(HUBBUB_MOLD AND NOT HUBBUB_SANITIZE)
    target_link_options(hubbub_options INTERFACE -fuse-ld=mold)
endif()

# hubbub_library(name SOURCES ... PUBLIC targets... PRIVATE targets...)
function(hubbub_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON POSITION_INDEPENDENT_CODE ON)
    target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE $<BUILD_INTERFACE:hubbub_options> ${ARG_PRIVATE})
    target_compile_features(${name} PUBLIC cxx_std_20)
    hubbub_precompile(${name})
endfunction()

# hubbub_export(name AS Name COMPONENT Protocol|Client|Outbox|Server HEADERS ...): what find_package(Hubbub) gives another
# project: Hubbub::Name, with these headers and no others. They are included as here: "server-lite/core/server.h".
function(hubbub_export name)
    cmake_parse_arguments(ARG "" "AS;COMPONENT" "HEADERS" ${ARGN})
    set_target_properties(${name} PROPERTIES EXPORT_NAME ${ARG_AS})
    target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${ARG_HEADERS})
    install(TARGETS ${name} EXPORT Hubbub${ARG_COMPONENT}Targets
        ARCHIVE COMPONENT Development
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/hubbub COMPONENT Development)
endfunction()

# hubbub_program(name [PLAIN] SOURCES ... LINK targets...). PLAIN: without Qt.
function(hubbub_program name)
    cmake_parse_arguments(ARG "PLAIN" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE hubbub_options ${ARG_LINK})
    if(NOT ARG_PLAIN)
        set_target_properties(${name} PROPERTIES AUTOMOC ON)
        hubbub_precompile(${name})
    endif()
endfunction()

# hubbub_qml_library(name URI uri QML_FILES ... [IMPORTS ...] [SOURCES ...] [PUBLIC ...] [PRIVATE ...]): one QML module of the app, compiled in few
# large units, for what is generated from a QML file is little beside the headers it includes.
function(hubbub_qml_library name)
    cmake_parse_arguments(ARG "" "URI" "IMPORTS;QML_FILES;SOURCES;PUBLIC;PRIVATE" ${ARGN})
    string(REPLACE "." "/" folder ${ARG_URI})
    qt_add_library(${name} STATIC)
    qt_add_qml_module(${name}
        URI ${ARG_URI}
        VERSION 1.0
        RESOURCE_PREFIX /qt/qml
        OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/qml/${folder}
        DEPENDENCIES QtQuick
        IMPORTS ${ARG_IMPORTS}
        QML_FILES ${ARG_QML_FILES}
        SOURCES ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
    if(ARG_SOURCES)
        set_source_files_properties(${ARG_SOURCES} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
        # The generated type registration includes headers by their bare names.
        target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    endif()
    target_link_libraries(${name} PUBLIC Qt6::Quick ${ARG_PUBLIC} PRIVATE hubbub_options ${ARG_PRIVATE})
    hubbub_precompile(${name})
endfunction()

# What nearly every file of the house includes, compiled once for all of them. Only headers in which no macro matters that
# some targets define and others do not.
add_library(hubbub_precompiled STATIC ${CMAKE_CURRENT_LIST_DIR}/precompiled.cpp)
set_target_properties(hubbub_precompiled PROPERTIES POSITION_INDEPENDENT_CODE ON)
target_link_libraries(hubbub_precompiled PRIVATE Qt6::Core hubbub_options)
target_precompile_headers(hubbub_precompiled PRIVATE
    <QtCore/QAbstractListModel> <QtCore/QByteArray> <QtCore/QCborArray> <QtCore/QCborMap> <QtCore/QCborValue>
    <QtCore/QCoreApplication> <QtCore/QDateTime> <QtCore/QFuture> <QtCore/QHash> <QtCore/QJsonDocument> <QtCore/QList>
    <QtCore/QLoggingCategory> <QtCore/QObject> <QtCore/QPointer> <QtCore/QSet> <QtCore/QString> <QtCore/QThread>
    <QtCore/QTimer> <QtCore/QUrl> <QtCore/QVariant>
    <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <unordered_map> <variant> <vector>)

function(hubbub_precompile name)
    target_precompile_headers(${name} REUSE_FROM hubbub_precompiled)
endfunction()

macro(hubbub_subdirectory folder)
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
        add_subdirectory(${folder})
    endif()
endmacro()
