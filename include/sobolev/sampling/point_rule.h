// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_point_rule_h
#define sobolev_sampling_point_rule_h

#include <cstdint>

namespace sobolev
{
  /**
   * How many collocation points there are and how they are placed.
   *
   * The points and weights depend on these numbers, the mesh and the mapping,
   * and not on the number of processes.
   */
  struct PointRule
  {
    enum class Kind
    {
      /** The points of a Gauss formula in each cell or face. */
      quadrature,
      /**
       * Points of Sobol's sequence in each reference cell or face, shifted
       * there by a random vector (Cranley and Patterson, SIAM J. Numer. Anal.
       * 13, 1976). Their number is proportional to the measure of the cell,
       * rounded up or down at random, but at least one.
       */
      low_discrepancy
    };

    /**
     * Streams: different ones have independent points. Those from
     * first_free_stream on are for points that replace others.
     */
    static constexpr std::uint64_t training_stream   = 0;
    static constexpr std::uint64_t hold_out_stream   = 1;
    static constexpr std::uint64_t test_stream       = 2;
    static constexpr std::uint64_t data_stream       = 3;
    static constexpr std::uint64_t first_free_stream = 16;

    Kind kind = Kind::quadrature;

    /** For `quadrature`: points per direction of each cell or face. */
    unsigned int n_quadrature_points = 3;

    /**
     * For `low_discrepancy`: the number of points on all processes to aim at,
     * in the domain, or on the whole boundary.
     */
    std::uint64_t n_points = 1000;

    /** For `low_discrepancy`: seed and stream of the random numbers. */
    std::uint64_t seed   = 0;
    std::uint64_t stream = training_stream;
  };
} // namespace sobolev

#endif
