// SPDX-License-Identifier: Apache-2.0
#pragma once

// The density of a return of Kou's jump diffusion (S. Kou, Management Science 48, 2002, appendix
// B).
//
// A sum of n double exponential jumps is a mixture of gamma distributions of shapes 1 ... n, up or
// down, because what is left of an exponential is exponential again. A gamma added to a normal has
// a density in Hh functions, iterated integrals of the normal distribution. Exact but for the
// numbers of jumps left out, whose probability is below 1e-18.

#include <vector>

namespace hedgestorm::fit {

struct KouJumps {
    double mean_count;  ///< jumps a row
    double up_probability;
    double eta1;  ///< 1 / mean of a jump up
    double eta2;  ///< 1 / mean of a jump down
};

class KouDensity {
  public:
    /// Of `mean` + `sd` Z + jumps.
    KouDensity(double mean, double sd, const KouJumps& jumps);

    double density(double x) const;
    double cumulative(double x) const;

  private:
    struct Side {
        double rate = 0.0;
        std::vector<double> weights;  ///< of the shapes 1, 2 ...
    };
    /// Calls take(weight, density at y of a gamma of shape k added to the normal) for k = 1, 2 ...
    template <class Take>
    void each_shape(const Side& side, double y, const Take& take) const;

    double mean_;
    double sd_;
    double no_jump_;
    Side up_;
    Side down_;
};

}  // namespace hedgestorm::fit
