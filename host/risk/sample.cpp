// SPDX-License-Identifier: Apache-2.0
#include "host/risk/sample.hpp"

namespace hedgestorm::risk {

void shift(ColumnSample& column, double by) {
    if (by == 0.0) return;
    column.sums.centre += by;
    column.sums.min += by;
    column.sums.max += by;
    for (Bin& bin : column.bins) {
        bin.low += by;
        bin.high += by;
        bin.sum += static_cast<double>(bin.count) * by;
    }
}

}  // namespace hedgestorm::risk
