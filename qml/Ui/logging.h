// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace Hubbub::Ui
{

/// "hubbub.ui": what the window lacks. Thread: any.
Q_DECLARE_LOGGING_CATEGORY(lcUi)

} // namespace Hubbub::Ui
