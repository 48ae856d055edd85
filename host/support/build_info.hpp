// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which program is this? Written into every result, printed by `hedgestorm version`.
// Defined by a source that the build generates from cmake/build_info.cpp.in.

namespace hedgestorm {

struct BuildInfo {
    const char* version;     ///< e.g. 0.1.0
    const char* commit;      ///< 40 hex digits, or "unknown" outside a git checkout
    bool dirty;              ///< tracked files differed from that commit
    const char* compiler;    ///< e.g. GNU 12.2.0
    const char* build_type;  ///< e.g. Release
    const char* cuda;        ///< CUDA compiler version, or "off" with the reason
};

const BuildInfo& build_info();

}  // namespace hedgestorm
