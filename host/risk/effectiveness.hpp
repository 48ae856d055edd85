// SPDX-License-Identifier: Apache-2.0
#pragma once

// How much of the unhedged book's risk a hedge takes away.
//
// Takes the figures of a hedged and of the unhedged P&L, gives 1 - hedged / unhedged with errors
// that hold whatever the dependence of the two. Formulas: docs/statistics.md, "Effectiveness".

#include "host/risk/column.hpp"
#include "host/risk/notes.hpp"

namespace hedgestorm::risk {

/// Either pointer may be null: the column was not computed.
Effectiveness assess_effectiveness(const ColumnFigures* hedged, const ColumnFigures* unhedged,
                                   const RunFacts& facts, Notes& notes);

}  // namespace hedgestorm::risk
