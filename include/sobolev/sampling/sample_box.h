// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_sampling_sample_box_h
#define sobolev_sampling_sample_box_h

#include <sobolev/sampling/box.h>
#include <sobolev/sampling/input_points.h>
#include <sobolev/sampling/point_rule.h>

#include <deal.II/base/mpi.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace sobolev
{
  /** How many points there are in a box or on a face of it, and where. */
  struct BoxRule
  {
    /** On all processes together. */
    std::uint64_t n_points = 1000;

    std::uint64_t seed   = 0;
    std::uint64_t stream = PointRule::training_stream;

    /**
     * By input, to what the number of points per length is proportional there,
     * $d_i(x_i) > 0$; null, or an empty list, for equally many everywhere.
     */
    std::vector<std::function<double(const double)>> densities;
  };



  /**
   * Points in a box: those of Sobol's sequence, of whose digits random ones
   * have been flipped, moved where the densities want them. They depend on the
   * rule only; process $r$ of $n$ has those with consecutive numbers from
   * $r N / n$ to $(r + 1) N / n$. None is on the boundary.
   *
   * With the probability density $p$ of the points, the weights are
   * $1/(N p(x))$, without densities the volume over $N$: the weighted sum is
   * an unbiased estimate of the integral.
   *
   * Densities are replaced by their means in a thousand intervals. Local to
   * the process.
   *
   * @throws InputError if there are no points, or if a density is not a
   * positive number somewhere.
   */
  InputPoints
  sample_box(const Box &box, const BoxRule &rule, const MPI_Comm communicator);

  /**
   * As sample_box() on a face, with weights for surface integrals. In a box
   * with one input, the face is one point with weight one.
   */
  InputPoints sample_box_face(const Box     &box,
                              const BoxFace &face,
                              const BoxRule &rule,
                              const MPI_Comm communicator);
} // namespace sobolev

#endif
