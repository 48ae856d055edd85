// SPDX-License-Identifier: Apache-2.0
#pragma once

// What callers owe and what we promise, checked in debug and test builds on host and device.
// Not for user input: that is reported by host/support/error.hpp.

#if defined(NDEBUG)
#define HS_EXPECT(condition) static_cast<void>(0)
#define HS_ENSURE(condition) static_cast<void>(0)
#else
#define HS_EXPECT(condition) ((condition) ? static_cast<void>(0) : __builtin_trap())
#define HS_ENSURE(condition) ((condition) ? static_cast<void>(0) : __builtin_trap())
#endif
