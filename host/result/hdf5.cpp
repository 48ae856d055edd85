// SPDX-License-Identifier: Apache-2.0
#include "host/result/hdf5.hpp"

namespace hedgestorm::result::hdf5 {

namespace {

/// Called by H5Ewalk2 from the innermost frame outwards; keeps the first description.
herr_t keep_innermost(unsigned n, const H5E_error2_t* error, void* reason) {
    if (n == 0 && error->desc != nullptr) *static_cast<std::string*>(reason) = error->desc;
    return 0;
}

}  // namespace

void fail(const std::string& doing) {
    std::string reason;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &reason);
    H5Eclear2(H5E_DEFAULT);
    // HDF5 puts whole sentences of internals after the first comma; the first part is the reason.
    reason = reason.substr(0, reason.find(','));
    throw Failure(reason.empty() ? doing : doing + ": " + reason);
}

Quiet::Quiet() {
    // A damaged file that HDF5 could not close would make it complain once more at the end of the
    // program; everything of ours is closed by then. Must come before any other call.
    static const herr_t no_last_words = H5dont_atexit();
    static_cast<void>(no_last_words);
    H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Quiet::~Quiet() {
    H5Eset_auto2(H5E_DEFAULT, print_, data_);
}

Handle string_type() {
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "making a string type");
    check(H5Tset_size(type, H5T_VARIABLE), "making a string type");
    check(H5Tset_cset(type, H5T_CSET_UTF8), "making a string type");
    return type;
}

}  // namespace hedgestorm::result::hdf5
