// SPDX-License-Identifier: Apache-2.0
#include "host/cli/show_fit.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "host/cli/page.hpp"
#include "host/cli/show_text.hpp"
#include "host/fit/market_block.hpp"
#include "host/scenario/instant.hpp"

namespace hedgestorm::cli {

using Json = nlohmann::ordered_json;

namespace {

std::string spacing_of(const fit::Returns& returns) {
    return scenario::duration_in_words(returns.spacing_hours * 3.6e6);
}

/// A probability as far as an approximate one is known.
std::string probability(double p) {
    return p < 0.001 ? "p below 0.001" : fmt::format("p about {:.2g}", p);
}

void add_estimates(const fit::Fit& fit, Page& page) {
    std::vector<std::string> rows;
    TableColumn estimate = {"estimate", {}};
    TableColumn unit = {"unit", {}};
    for (std::size_t i = 0; i < fit.entries.size(); ++i) {
        const fit::Entry& entry = fit.entries[i];
        if (!entry.text.empty()) continue;
        rows.push_back(fit::label_of(entry));
        estimate.cells.push_back(with_error({entry.value, fit.se[i], 0.0, 0.0}));
        unit.cells.push_back(entry.unit);
    }
    page.table("market", rows, {estimate, unit});
}

void add_figures(const fit::LikelihoodFigures& figures, Page& page) {
    page.items(
        {fmt::format("log-likelihood {:.2f}", figures.log_likelihood),
         fmt::format("AIC {:.2f}", figures.aic), fmt::format("BIC {:.2f}", figures.bic),
         counted(figures.parameters, "parameter"),
         fmt::format("reached from {} of {}", figures.agreeing, counted(figures.starts, "start"))});
    page.sentence(
        "", fmt::format("Kolmogorov-Smirnov distance of the residuals {:.4f}, {} (approximate, "
                        "and too large: the parameters are estimates)",
                        figures.distance.statistic, probability(figures.distance.p)));
    page.sentence(
        "",
        fmt::format("clusters of volatility left in them: Ljung-Box of their squares over {} "
                    "lags {:.1f}, {}",
                    fit::square_lags, figures.clusters.statistic, probability(figures.clusters.p)));
}

void add_figures(const fit::MomentFigures& figures, Page& page) {
    page.sentence(
        "", fmt::format("{} of {}; {} moments for 4 parameters: Hansen's J {:.1f} on {} degrees of "
                        "freedom, {} (approximate)",
                        counted(figures.blocks, "block"),
                        scenario::duration_in_words(figures.block_hours * 3.6e6), figures.moments,
                        figures.overidentification.statistic, figures.degrees_of_freedom,
                        probability(figures.overidentification.p)));
}

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json test(const fit::Significance& test) {
    return {{"statistic", number(test.statistic)}, {"p", number(test.p)}};
}

}  // namespace

std::string fit_table(const fit::Fit& fit, const fit::Returns& returns, const std::string& model,
                      const TableStyle& style) {
    Page page(style);
    page.title(fmt::format("{} fitted to {} of {}", model, counted(returns.size(), "return"),
                           spacing_of(returns)));
    page.items(
        {fmt::format("{} to {}", scenario::shown(returns.first), scenario::shown(returns.last)),
         fmt::format("last price {}", plain_number(returns.last_price, 9)),
         returns.gaps == 0 ? "no gap"
                           : fmt::format("{}, {} missing", counted(returns.gaps, "gap"),
                                         counted(returns.missing, "row"))});
    page.sentence("", fit.method);
    page.gap();
    add_estimates(fit, page);
    page.gap();
    if (fit.likelihood) add_figures(*fit.likelihood, page);
    if (fit.moments) add_figures(*fit.moments, page);
    for (const std::string& note : fit.notes) page.sentence("note: ", note);
    return page.take();
}

std::string fit_json(const fit::Fit& fit, const fit::Returns& returns, const std::string& model,
                     const std::string& block) {
    Json estimates = Json::array();
    for (std::size_t i = 0; i < fit.entries.size(); ++i) {
        const fit::Entry& entry = fit.entries[i];
        if (!entry.text.empty()) continue;
        estimates.push_back({{"name", fit::label_of(entry)},
                             {"table", entry.table},
                             {"key", entry.key},
                             {"unit", entry.unit},
                             {"value", number(entry.value)},
                             {"se", number(fit.se[i])}});
    }
    Json json = {{"format", 1},
                 {"model", model},
                 {"method", fit.method},
                 {"history",
                  {{"returns", returns.size()},
                   {"spacing_hours", returns.spacing_hours},
                   {"first", scenario::shown(returns.first)},
                   {"last", scenario::shown(returns.last)},
                   {"last_price", returns.last_price},
                   {"time_column", returns.time_column},
                   {"price_column", returns.price_column},
                   {"gaps", returns.gaps},
                   {"missing_rows", returns.missing}}},
                 {"estimates", estimates}};
    if (fit.likelihood) {
        const fit::LikelihoodFigures& f = *fit.likelihood;
        json["fit"] = {{"log_likelihood", number(f.log_likelihood)},
                       {"parameters", f.parameters},
                       {"aic", number(f.aic)},
                       {"bic", number(f.bic)},
                       {"starts", f.starts},
                       {"starts_agreeing", f.agreeing},
                       {"kolmogorov_smirnov", test(f.distance)},
                       {"ljung_box_of_squares", test(f.clusters)}};
    }
    if (fit.moments) {
        const fit::MomentFigures& f = *fit.moments;
        json["fit"] = {{"blocks", f.blocks},
                       {"block_hours", f.block_hours},
                       {"moments", f.moments},
                       {"degrees_of_freedom", f.degrees_of_freedom},
                       {"overidentification", test(f.overidentification)}};
    }
    json["notes"] = fit.notes;
    json["block"] = block;
    return json.dump(2) + "\n";
}

}  // namespace hedgestorm::cli
