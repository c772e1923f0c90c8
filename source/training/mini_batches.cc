// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/training/mini_batches.h>

namespace sobolev
{
  namespace
  {
    // Of the order of the batches in an epoch.
    constexpr std::uint64_t batch_stream = 0x6261746368;
  } // namespace



  MiniBatches::MiniBatches(NetworkObjective &points, const std::uint64_t seed)
    : MiniBatches(points, points, seed)
  {
  }



  MiniBatches::MiniBatches(const LocalObjective &trained,
                           NetworkObjective     &points,
                           const std::uint64_t   seed)
    : trained(trained)
    , points(points)
    , seed(seed)
    , present(batch_of(0))
  {
    points.use_batch(present);
  }



  MiniBatches::~MiniBatches()
  {
    points.use_all_points();
  }



  unsigned int
  MiniBatches::n_parameters() const
  {
    return trained.n_parameters();
  }



  std::vector<std::string>
  MiniBatches::block_names() const
  {
    return trained.block_names();
  }



  std::vector<ParameterGroup>
  MiniBatches::parameter_groups() const
  {
    return trained.parameter_groups();
  }



  std::vector<double>
  MiniBatches::block_losses(const dealii::ArrayView<const double> &theta) const
  {
    points.use_all_points();
    const auto losses = trained.block_losses(theta);
    points.use_batch(present);
    return losses;
  }



  double
  MiniBatches::add_gradient(const dealii::ArrayView<const double> &theta,
                            const dealii::ArrayView<double> &gradient) const
  {
    return trained.add_gradient(theta, gradient);
  }



  bool
  MiniBatches::update(const std::vector<double> &,
                      const TrainingProgress &progress)
  {
    const unsigned int last = present;
    present                 = batch_of(progress.iteration);
    points.use_batch(present);
    return present != last;
  }



  unsigned int
  MiniBatches::batch_of(const unsigned int iteration) const
  {
    const unsigned int n = points.n_batches();
    return CounterBasedRandom::permutation(
      seed, batch_stream, iteration / n, n)[iteration % n];
  }
} // namespace sobolev
