# SPDX-License-Identifier: MIT
# The service and its settings, by the prefix that is installed to: a package's are in /etc, others' below the prefix.
file(READ ${source}/hubbub-server.service service)
set(settings /etc)
if(NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    set(settings ${CMAKE_INSTALL_PREFIX}/etc)
    string(REPLACE "/usr/bin/" "${CMAKE_INSTALL_PREFIX}/bin/" service "${service}")
    string(REPLACE "/etc/hubbub/" "${settings}/hubbub/" service "${service}")
endif()
file(WRITE ${work}/hubbub-server.service "${service}")
file(INSTALL ${work}/hubbub-server.service DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/systemd/system)
file(INSTALL ${source}/hubbub-server.conf DESTINATION ${settings}/hubbub)
