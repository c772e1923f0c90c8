// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_point_draw_h
#define sobolev_sampling_point_draw_h

#include <sobolev/sampling/point_rule.h>

#include <cstdint>

namespace sobolev
{
  /**
   * Which one of many sets of points, for whoever knows how many points there
   * are and where.
   */
  struct PointDraw
  {
    /** Different streams have independent points. */
    std::uint64_t stream = PointRule::training_stream;

    /** So many times the usual number of points [-]. */
    double factor = 1.;

    /** The mini-batches that they are divided into [-]. */
    unsigned int n_batches = 1;
  };
} // namespace sobolev

#endif
