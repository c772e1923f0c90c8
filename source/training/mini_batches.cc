// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/training/mini_batches.h>

#include <algorithm>
#include <utility>

namespace sobolev
{
  namespace
  {
    // Of the order of the batches in an epoch.
    constexpr std::uint64_t batch_stream = 0x6261746368;
  } // namespace



  MiniBatches::MiniBatches(const NetworkObjective &all,
                           const std::uint64_t     seed)
    : all(all)
    , seed(seed)
    , present(batch_of(0))
  {
  }



  unsigned int
  MiniBatches::n_parameters() const
  {
    return all.n_parameters();
  }



  std::vector<std::string>
  MiniBatches::block_names() const
  {
    return all.block_names();
  }



  std::vector<ParameterGroup>
  MiniBatches::parameter_groups() const
  {
    return all.parameter_groups();
  }



  std::vector<double>
  MiniBatches::block_losses(const dealii::ArrayView<const double> &theta) const
  {
    return all.block_losses(theta);
  }



  double
  MiniBatches::add_gradient(const dealii::ArrayView<const double> &theta,
                            const dealii::ArrayView<double> &gradient) const
  {
    return all.add_batch_gradient(present, theta, gradient);
  }



  bool
  MiniBatches::update(const std::vector<double> &,
                      const TrainingProgress &progress)
  {
    const unsigned int last = present;
    present                 = batch_of(progress.iteration);
    return present != last;
  }



  unsigned int
  MiniBatches::batch_of(const unsigned int iteration) const
  {
    // The place of each batch in an epoch is given by a random number.
    const unsigned int                                  n     = all.n_batches();
    const std::uint64_t                                 epoch = iteration / n;
    std::vector<std::pair<std::uint64_t, unsigned int>> places;
    for (unsigned int batch = 0; batch < n; ++batch)
      places.push_back(
        {CounterBasedRandom::bits(seed, batch_stream, epoch * n + batch),
         batch});
    std::sort(places.begin(), places.end());
    return places[iteration % n].second;
  }
} // namespace sobolev
