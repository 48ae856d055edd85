// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hedgestorm/contract.hpp"
#include "hedgestorm/macros.hpp"

namespace hedgestorm {

/// A pointer and a count: an array owned by somebody else, readable on host and device.
template <class T>
struct View {
    const T* data = nullptr;
    std::uint32_t size = 0;

    HS_FN const T& operator[](std::uint32_t i) const {
        HS_EXPECT(i < size);
        return data[i];
    }
};

}  // namespace hedgestorm
