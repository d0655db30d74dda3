// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

namespace EngineIo
{

/// Where the way from one transport to a better one has got to. Thread: any; plain values.
enum class UpgradeState : quint8 { None, Connecting, Probing, Pausing, Upgraded, Failed };
enum class UpgradeInput : quint8 { Offered, Connected, ProbeAnswered, Paused, Broken };

/// The table. What stands in no row changes nothing.
constexpr UpgradeState nextUpgradeState(UpgradeState state, UpgradeInput input)
{
    using S = UpgradeState;
    using I = UpgradeInput;
    struct Row {
        S from;
        I input;
        S to;
    };
    constexpr Row table[] = {
        {S::None, I::Offered, S::Connecting},  {S::Connecting, I::Connected, S::Probing},
        {S::Connecting, I::Broken, S::Failed}, {S::Probing, I::ProbeAnswered, S::Pausing},
        {S::Probing, I::Broken, S::Failed},    {S::Pausing, I::Paused, S::Upgraded},
        {S::Pausing, I::Broken, S::Failed},
    };
    for (const Row &row : table) {
        if (row.from == state && row.input == input)
            return row.to;
    }
    return state;
}

} // namespace EngineIo
