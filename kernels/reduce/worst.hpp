// SPDX-License-Identifier: Apache-2.0
#pragma once

// The worst paths of an account: the lowest (P&L key, path number), kept as a max-heap of fixed
// size. The set kept does not depend on the order in which paths are offered.

#include <cstdint>

#include "hedgestorm/tally.hpp"

namespace hedgestorm::reduce {

HS_FN bool worse(const WorstPath& a, const WorstPath& b) {
    return a.key != b.key ? a.key < b.key : a.path < b.path;
}

/// Offers a path to the heap of at most `capacity`; keeps the worst ones.
HS_FN void offer(const WorstPath& candidate, WorstPath* heap, std::uint32_t& count,
                 std::uint32_t capacity) {
    std::uint32_t hole;
    if (count < capacity) {
        hole = count++;
        while (hole > 0 && worse(heap[(hole - 1) / 2], candidate)) {
            heap[hole] = heap[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        heap[hole] = candidate;
        return;
    }
    if (capacity == 0 || !worse(candidate, heap[0])) return;
    hole = 0;
    for (;;) {
        std::uint32_t child = 2 * hole + 1;
        if (child >= capacity) break;
        if (child + 1 < capacity && worse(heap[child], heap[child + 1])) ++child;
        if (!worse(candidate, heap[child])) break;
        heap[hole] = heap[child];
        hole = child;
    }
    heap[hole] = candidate;
}

}  // namespace hedgestorm::reduce
