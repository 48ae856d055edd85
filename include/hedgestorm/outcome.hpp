// SPDX-License-Identifier: Apache-2.0
#pragma once

// The numbers one path leaves behind: the columns of a result, in the order they are stored.
//
// Currency is the base currency at the horizon, undiscounted, gain positive; costs are positive
// when they hurt. A delta is in units of the underlying, a dollar delta is delta x spot.

#include <cstdint>

namespace hedgestorm {

enum class Unit : std::uint8_t { currency, underlying, count };

/// The side of a column that hurts: VaR and ES are taken of that tail.
enum class Adverse : std::uint8_t { low, high };

/// Columns of an account (one per policy and path).
enum class Column : std::uint8_t {
    pnl,
    ideal_pnl,
    hedge_slippage,
    hedge_pnl,
    interest,
    dividends,
    spread_cost,
    fee_cost,
    fixed_cost,
    funding_cost,
    total_cost,
    entry_cost,
    rebalance_cost,
    exit_cost,
    trades,
    turnover,
    residual_delta_rms,
    residual_delta_max,
    residual_delta_rms_after_trade,
    residual_delta_max_after_trade,
    residual_dollar_delta_rms,
    residual_dollar_delta_max,
    drawdown,
    pnl_difference,         // to the first policy, on the same path
    total_cost_difference,  // to the first policy, on the same path
    // Columns of the path itself, the same for every account ("unhedged" benchmark and book).
    spot,
    book_pnl,
    unhedged_pnl,
    unhedged_interest,
    unhedged_drawdown,
    explain_delta,
    explain_gamma,
    explain_theta,
    explain_vega,
    explain_unexplained,
};

inline constexpr int account_columns = 25;
inline constexpr int path_columns = 10;
inline constexpr int all_columns = account_columns + path_columns;

struct ColumnInfo {
    const char* name;
    const char* long_name;
    Unit unit;
    Adverse adverse;
    bool two_sided;  ///< may take both signs
};

inline constexpr ColumnInfo column_info[all_columns] = {
    {"pnl", "profit and loss of the hedged book", Unit::currency, Adverse::low, true},
    {"ideal_pnl", "profit and loss of the ideal twin", Unit::currency, Adverse::low, true},
    {"hedge_slippage", "ideal profit and loss less the account's", Unit::currency, Adverse::high,
     true},
    {"hedge_pnl", "gains of the hedge at mid", Unit::currency, Adverse::low, true},
    {"interest", "interest on the account's cash", Unit::currency, Adverse::low, true},
    {"dividends", "dividends on the hedge", Unit::currency, Adverse::low, true},
    {"spread_cost", "half-spread paid on hedge trades", Unit::currency, Adverse::high, false},
    {"fee_cost", "proportional fees on hedge trades", Unit::currency, Adverse::high, false},
    {"fixed_cost", "fixed charges on hedge trades", Unit::currency, Adverse::high, false},
    {"funding_cost", "funding and borrow fees paid on the hedge", Unit::currency, Adverse::high,
     true},
    {"total_cost", "all costs of the hedge", Unit::currency, Adverse::high, false},
    {"entry_cost", "costs of the initial trade", Unit::currency, Adverse::high, false},
    {"rebalance_cost", "costs of the trades between entry and exit", Unit::currency, Adverse::high,
     false},
    {"exit_cost", "costs of unwinding at the horizon", Unit::currency, Adverse::high, false},
    {"trades", "hedge trades, the first included, the unwind not", Unit::count, Adverse::high,
     false},
    {"turnover", "notional traded, entry and unwind included", Unit::currency, Adverse::high,
     false},
    {"residual_delta_rms", "root mean square residual delta before trading", Unit::underlying,
     Adverse::high, false},
    {"residual_delta_max", "largest absolute residual delta before trading", Unit::underlying,
     Adverse::high, false},
    {"residual_delta_rms_after_trade", "root mean square residual delta after trading",
     Unit::underlying, Adverse::high, false},
    {"residual_delta_max_after_trade", "largest absolute residual delta after trading",
     Unit::underlying, Adverse::high, false},
    {"residual_dollar_delta_rms", "root mean square residual dollar delta before trading",
     Unit::currency, Adverse::high, false},
    {"residual_dollar_delta_max", "largest absolute residual dollar delta before trading",
     Unit::currency, Adverse::high, false},
    {"drawdown", "largest fall of the marked account from its peak", Unit::currency, Adverse::high,
     false},
    {"pnl_difference", "profit and loss less that of the first policy", Unit::currency,
     Adverse::low, true},
    {"total_cost_difference", "total cost less that of the first policy", Unit::currency,
     Adverse::high, true},
    {"spot", "price of the underlying at the horizon", Unit::currency, Adverse::low, false},
    {"book_pnl", "change in value of the book, premium and settlements included", Unit::currency,
     Adverse::low, true},
    {"unhedged_pnl", "profit and loss of the book without a hedge", Unit::currency, Adverse::low,
     true},
    {"unhedged_interest", "interest on the book's cash without a hedge", Unit::currency,
     Adverse::low, true},
    {"unhedged_drawdown", "largest fall of the unhedged book from its peak", Unit::currency,
     Adverse::high, false},
    {"explain_delta", "book P&L explained by delta", Unit::currency, Adverse::low, true},
    {"explain_gamma", "book P&L explained by gamma", Unit::currency, Adverse::low, true},
    {"explain_theta", "book P&L explained by theta", Unit::currency, Adverse::low, true},
    {"explain_vega", "book P&L explained by implied-volatility moves", Unit::currency, Adverse::low,
     true},
    {"explain_unexplained", "book P&L left unexplained by the Taylor terms", Unit::currency,
     Adverse::low, true},
};

}  // namespace hedgestorm
