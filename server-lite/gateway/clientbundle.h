// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/gateway/httprouter.h"

/// The client library of Socket.IO for browsers, as a server of the reference hands it out: the files of the
/// locked npm package, taken into this program when it is built. Thread: the server's.
namespace Hubbub::ClientBundle
{

/// GET /socket.io/socket.io.js, .min.js, .esm.min.js, .msgpack.min.js and the .map of each; 404 with a
/// sentence where the build had no package. ETag is the library's version; "W/" before it matches as well.
void addTo(HttpRouter &router);

} // namespace Hubbub::ClientBundle
