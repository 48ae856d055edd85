// SPDX-License-Identifier: Apache-2.0
#pragma once

// The likelihoods there are. Each keeps a reference to the returns, which must outlive it.

#include <memory>

#include "host/fit/likelihood.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::fit {

std::unique_ptr<Likelihood> gbm_likelihood(const Returns& returns);
std::unique_ptr<Likelihood> merton_likelihood(const Returns& returns);
std::unique_ptr<Likelihood> kou_likelihood(const Returns& returns);
std::unique_ptr<Likelihood> garch_likelihood(const Returns& returns,
                                             scenario::Innovations innovations);
/// Of 2 to 4 states.
std::unique_ptr<Likelihood> regime_likelihood(const Returns& returns, std::size_t states);
std::unique_ptr<Likelihood> hawkes_likelihood(const Returns& returns);

}  // namespace hedgestorm::fit
