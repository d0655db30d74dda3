// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/manageroptions.h"
#include "libclient/protocol/error.h"

#include <QtCore/QUrl>

namespace SocketIo
{

/// The URL an engine opens: the server's scheme (as ws or wss unless polling), host and port, the engine's
/// path, EIO=4, the transport and the application's query. Errors: "invalid-url". Thread: any; a pure
/// function.
Hubbub::Result<QUrl> engineUrl(const QUrl &server, const ManagerOptions &options, const QString &transport);

} // namespace SocketIo
