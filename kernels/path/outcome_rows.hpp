// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the columns of an outcome go: the rows of a tile, one float a path.
//
// Rounded to float once, here; -0 becomes +0 so that equal numbers have equal bits.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/outcome.hpp"
#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// Where the outcomes of a group of paths go: row r starts at data + r * stride.
struct OutcomeRows {
    float* data;
    std::uint32_t stride;
};

template <class R>
class OutcomeWriter {
  public:
    using T = typename LaneTraits<R>::Scalar;

    HS_FN OutcomeWriter(const View<std::uint16_t>& rows, std::uint32_t first_row, OutcomeRows out)
        : row_(rows.data + first_row), out_(out) {}

    /// Writes a column unless the plan dropped it.
    HS_FN void put(std::uint32_t column, R value) const {
        const std::uint16_t row = row_[column];
        if (row == no_row) return;
        store_float(out_.data + std::size_t(row) * out_.stride, value + T(0));
    }

    HS_FN void put(Column column, R value) const { put(static_cast<std::uint32_t>(column), value); }

  private:
    const std::uint16_t* row_;
    OutcomeRows out_;
};

}  // namespace hedgestorm::path
