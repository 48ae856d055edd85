// SPDX-License-Identifier: Apache-2.0
#pragma once

// The recommendation beside its rivals: on the paths of the tuning, on fresh ones, and in the
// scenarios kept for the check.

#include <vector>

#include "host/tune/candidates.hpp"
#include "host/tune/tune.hpp"

namespace hedgestorm::tune {

/// What regret is measured from: the least objective in each scenario. [objective][scenario]; empty
/// where nothing is measured from it.
using Yardstick = std::vector<std::vector<Figure>>;

/// Places of a tuning with a recommendation.
class Standings {
  public:
    Standings(const TuneResult& result, const std::vector<Arena>& arenas, Evaluator& evaluator)
        : result_(result), arenas_(arenas), evaluator_(evaluator) {}

    /// On the tuning paths, without rivals: nothing is simulated.
    Standing alone() const;
    /// The same with the rivals.
    Standing on_tuning_paths() const;
    /// In the same scenarios on paths from first_hold_out_path on. Under regret the candidates that
    /// were best in a scenario run along.
    Standing on_fresh_paths() const;
    /// In one scenario that was not tuned on, on fresh paths. Regret there is the figure itself:
    /// no candidate was sought in it.
    Standing in(const Arena& elsewhere) const;

  private:
    const Candidate& winner() const { return result_.candidates[*result_.recommended]; }
    Paths fresh() const;
    std::vector<Figure> objectives(const std::vector<Arena>& arenas,
                                   const std::vector<Score>& scores,
                                   const Yardstick& yardstick) const;
    Yardstick tuning_yardstick() const;
    Yardstick fresh_yardstick() const;
    /// The winner and then its rivals, simulated.
    Standing simulated(const std::vector<Arena>& arenas, Paths paths,
                       const Yardstick& yardstick) const;
    void add_rivals(const std::vector<Arena>& arenas, Paths paths, const Yardstick& yardstick,
                    Standing& standing) const;

    const TuneResult& result_;
    const std::vector<Arena>& arenas_;
    Evaluator& evaluator_;
};

}  // namespace hedgestorm::tune
