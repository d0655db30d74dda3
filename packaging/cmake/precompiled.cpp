// SPDX-License-Identifier: MIT
// The owner of the precompiled header; see HubbubTargets.cmake.
