// SPDX-License-Identifier: Apache-2.0
#pragma once

// The one seam between the host and the kernels: an engine takes a plan and tiles, and fills
// tallies.
//
// An engine instance is used by one thread at a time. All engines give the same bits.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "hedgestorm/tally.hpp"

namespace hedgestorm {

/// What a run shares, in host memory that outlives the engine's use of it. One of the two params is
/// set.
struct PlanView {
    const PathParams<float>* single = nullptr;
    const PathParams<double>* reference = nullptr;
    TallyPlan tally;
};

/// Paths [first, end): tiles are aligned to tile_paths, so the first and last may be partial.
struct PathRange {
    std::uint64_t first;
    std::uint64_t end;
};

/// Why an engine did not do what it was asked to.
enum class Refusal : std::uint8_t {
    broken,     ///< it failed
    no_memory,  ///< it needs more memory than there is
    stopped,    ///< it was told to stop
};

/// Asked now and then in the middle of long work whether to leave it.
struct StopSign {
    bool (*up)(const void* of) = nullptr;  ///< nullptr: never
    const void* of = nullptr;
    bool is_up() const { return up != nullptr && up(of); }
};

/// Empty on success; otherwise a sentence saying what failed, in static storage or owned by the
/// engine.
struct EngineStatus {
    const char* failure = nullptr;
    Refusal why = Refusal::broken;  ///< of a failure
    bool ok() const { return failure == nullptr; }
};

class Engine {
  public:
    virtual ~Engine() = default;
    /// "scalar", "avx2", "avx512", "cuda:0" ...
    virtual const char* name() const = 0;
    /// The hardware it runs on, for the provenance of a result.
    virtual const char* device() const = 0;
    /// Most paths worth giving it at a time; a multiple of tile_paths.
    virtual std::uint64_t paths_at_a_time() const = 0;
    /// Takes the plan; must be called before anything is simulated, and again when the plan
    /// changes.
    virtual EngineStatus load(const PlanView& plan) = 0;
    /// What to heed while it simulates; an engine whose calls are short need not. A call that stops
    /// leaves its tallies unfit for use.
    virtual void heed(const StopSign&) {}
    /// Simulates the paths and adds them to `tally` (host memory).
    virtual EngineStatus run(PathRange paths, const TallyView& tally) = 0;
    /// The outcomes of one tile: rows x tile_paths floats, row-major (host memory).
    virtual EngineStatus outcomes(std::uint64_t tile, float* rows) = 0;
};

/// An engine this machine may offer. Static storage.
struct EngineOffer {
    const char* name;
    const char* device;
    bool available;
    const char* reason;  ///< why not available, in words; nullptr if it is
    bool gpu;
};

/// All engines this build knows, widest last; GPUs after the CPUs.
View<EngineOffer> engine_offers();

/// Makes the engine of that name, or nullptr when this machine does not offer it. Several of one
/// kind may live side by side; the caller owns what it gets.
Engine* make_engine(const char* name);

}  // namespace hedgestorm
