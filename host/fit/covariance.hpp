// SPDX-License-Identifier: Apache-2.0
#pragma once

// How well a maximum of a likelihood is known: standard errors of what the scenario's keys hold.

#include <string>
#include <vector>

#include "host/fit/likelihood.hpp"
#include "host/fit/maximise.hpp"

namespace hedgestorm::fit {

/// robust: the sandwich I^-1 J I^-1 of Huber (1967) and White (Econometrica 50, 1982), I minus the
/// second derivatives of the log-likelihood and J the covariance of its scores, by Newey and West
/// (Econometrica 55, 1987) with lags to 4 (n/100)^(2/9): right also where the model is not, or its
/// scores are correlated. information: I^-1, right where the model is.
enum class Errors { robust, information };

struct Uncertainty {
    std::vector<double> se;          ///< of each entry; not a number where there is none
    std::vector<std::string> notes;  ///< why
    /// What a Newton step would still add to the log-likelihood; far below 1 at a maximum.
    double newton_decrement = 0.0;
};

/// At a maximum. Derivatives are central differences over steps at which the log-likelihood falls
/// by about 0.02, a fifth of a standard error; errors of entries follow by the delta method.
Uncertainty uncertainty_of(const Likelihood& likelihood, const Maximum& maximum, Errors errors);

}  // namespace hedgestorm::fit
