// SPDX-License-Identifier: Apache-2.0
#pragma once

// Fits a model to a history.

#include <atomic>
#include <string>
#include <vector>

#include "host/fit/covariance.hpp"
#include "host/fit/fit.hpp"

namespace hedgestorm::fit {

struct CalibrationOptions {
    scenario::Model model = scenario::Model::gbm;
    std::size_t states = 2;                                             ///< regime
    scenario::Innovations innovations = scenario::Innovations::normal;  ///< garch
    Errors errors = Errors::robust;
    const std::atomic<bool>* interrupted = nullptr;
};

/// Models that can be fitted, by their names in a scenario.
const std::vector<std::string>& fitted_models();

/// The model of such a name; one of fitted_models().
scenario::Model model_named(const std::string& name);

/// Throws EngineError where the history does not carry the fit, UsageError where it is too short.
Fit calibrate(const Returns& returns, const CalibrationOptions& options);

}  // namespace hedgestorm::fit
