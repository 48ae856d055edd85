// SPDX-License-Identifier: Apache-2.0
#include "host/fit/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "host/fit/heston.hpp"
#include "host/fit/maximise.hpp"
#include "host/fit/models.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::fit {

namespace {

using scenario::Model;

constexpr std::array<std::pair<const char*, Model>, 7> models = {{{"gbm", Model::gbm},
                                                                  {"merton", Model::merton},
                                                                  {"kou", Model::kou},
                                                                  {"garch", Model::garch},
                                                                  {"regime", Model::regime},
                                                                  {"hawkes", Model::hawkes},
                                                                  {"heston", Model::heston}}};

/// Fewest returns for each parameter: with less, the curvature of the likelihood says little about
/// how far off an estimate may be.
constexpr std::size_t returns_a_parameter = 10;

/// A Newton step that would add more to the log-likelihood than this has not arrived.
constexpr double arrived = 0.01;

std::unique_ptr<Likelihood> likelihood_of(const Returns& returns,
                                          const CalibrationOptions& options) {
    switch (options.model) {
        case Model::merton:
            return merton_likelihood(returns);
        case Model::kou:
            return kou_likelihood(returns);
        case Model::garch:
            return garch_likelihood(returns, options.innovations);
        case Model::regime:
            return regime_likelihood(returns, options.states);
        case Model::hawkes:
            return hawkes_likelihood(returns);
        default:
            return gbm_likelihood(returns);
    }
}

LikelihoodFigures figures_of(const Likelihood& likelihood, const Maximum& maximum) {
    LikelihoodFigures figures;
    Densities densities;
    densities.wants_cumulative = true;
    likelihood.evaluate(maximum.at, densities);
    const auto k = static_cast<double>(maximum.at.size());
    const auto n = static_cast<double>(densities.log.size());
    figures.log_likelihood = maximum.log_likelihood;
    figures.parameters = maximum.at.size();
    figures.aic = 2.0 * k - 2.0 * maximum.log_likelihood;
    figures.bic = k * std::log(n) - 2.0 * maximum.log_likelihood;
    figures.starts = maximum.starts;
    figures.agreeing = maximum.agreeing;
    figures.clusters = clustering(densities.cumulative);
    figures.distance = kolmogorov_smirnov(std::move(densities.cumulative));
    return figures;
}

const char* method_of(Errors errors) {
    return errors == Errors::robust
               ? "maximum likelihood; errors robust to a model that is not the truth (sandwich of "
                 "Huber and White, Newey and West's covariance of the scores)"
               : "maximum likelihood; errors as if the model were the truth (observed information)";
}

}  // namespace

const std::vector<std::string>& fitted_models() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        all.reserve(models.size());
        for (const auto& [name, model] : models) all.emplace_back(name);
        return all;
    }();
    return names;
}

scenario::Model model_named(const std::string& name) {
    const auto found = std::find_if(models.begin(), models.end(),
                                    [&](const auto& entry) { return entry.first == name; });
    return found == models.end() ? Model::gbm : found->second;
}

Fit calibrate(const Returns& returns, const CalibrationOptions& options) {
    if (options.model == Model::heston) return fit_heston(returns);
    const std::unique_ptr<Likelihood> likelihood = likelihood_of(returns, options);
    const std::size_t needed =
        std::max(fewest_returns, returns_a_parameter * likelihood->coordinates().size());
    if (returns.size() < needed)
        throw UsageError(
            fmt::format("{} returns are too few for {} parameters: at least {} are needed (take a "
                        "longer history, or a simpler --model)",
                        returns.size(), likelihood->coordinates().size(), needed));
    const Maximum maximum = maximise(*likelihood, options.interrupted);
    Uncertainty uncertainty = uncertainty_of(*likelihood, maximum, options.errors);

    Fit fit;
    fit.model = options.model;
    fit.brief = "maximum likelihood";
    fit.method = method_of(options.errors);
    fit.entries = likelihood->entries(maximum.at);
    fit.se = std::move(uncertainty.se);
    fit.likelihood = figures_of(*likelihood, maximum);
    fit.notes = likelihood->notes();
    fit.notes.insert(fit.notes.end(), uncertainty.notes.begin(), uncertainty.notes.end());
    if (uncertainty.newton_decrement > arrived)
        fit.notes.push_back(fmt::format(
            "the search stopped before the top: a Newton step would still add {:.2g} to the "
            "log-likelihood, and estimates are off by up to {:.2g} standard errors",
            uncertainty.newton_decrement, std::sqrt(2.0 * uncertainty.newton_decrement)));
    return fit;
}

}  // namespace hedgestorm::fit
