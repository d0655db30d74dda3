// SPDX-License-Identifier: MIT
#include "qml/Ui/logging.h"

namespace Hubbub::Ui
{

Q_LOGGING_CATEGORY(lcUi, "hubbub.ui")

} // namespace Hubbub::Ui
