// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The vectors that layers are computed with. Included once per instruction
// set.

#if defined(SOBOLEV_VECTOR_TAG_INL_H) == defined(HWY_TARGET_TOGGLE)
#  ifdef SOBOLEV_VECTOR_TAG_INL_H
#    undef SOBOLEV_VECTOR_TAG_INL_H
#  else
#    define SOBOLEV_VECTOR_TAG_INL_H
#  endif

#  include <hwy/highway.h>

#  include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace sobolev
{
  namespace HWY_NAMESPACE
  {
    namespace hn = hwy::HWY_NAMESPACE;

    // Vectors of at most 64 bytes, which is what rows are multiples of.
    template <typename Number>
    using Tag = hn::CappedTag<Number, 64 / sizeof(Number)>;

    template <typename Number>
    using Vector = hn::Vec<Tag<Number>>;

    template <typename Number>
    constexpr std::size_t n_lanes = hn::MaxLanes(Tag<Number>());
  } // namespace HWY_NAMESPACE
} // namespace sobolev
HWY_AFTER_NAMESPACE();

#endif
