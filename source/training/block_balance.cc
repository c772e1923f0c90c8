// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/block_balance.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

namespace sobolev
{
  namespace
  {
    double
    sum_of(const std::vector<double> &values)
    {
      return std::accumulate(values.begin(), values.end(), 0.);
    }
  } // namespace



  BlockBalance::BlockBalance(const LeastSquaresProblem &original,
                             const double               exponent)
    : original(original)
    , exponent(exponent)
    , objective(original.local())
    , reweighted(&objective, nullptr, original.get_communicator())
    , frozen(false)
  {
  }



  double
  BlockBalance::update(const std::vector<double> &theta)
  {
    const auto losses = original.block_losses(theta);
    if (!frozen && exponent > 0.)
      objective.set_factors(balanced_factors(factors(), losses, exponent));
    return sum_of(losses);
  }



  std::string
  BlockBalance::description() const
  {
    const auto         names = objective.block_names();
    std::ostringstream text;
    text.precision(3);
    for (std::size_t m = 0; m < names.size(); ++m)
      text << (m > 0 ? ", " : "") << names[m] << ' ' << factors()[m];
    return text.str();
  }



  std::vector<double>
  BlockBalance::balanced_factors(const std::vector<double> &factors,
                                 const std::vector<double> &losses,
                                 const double               exponent)
  {
    constexpr double round_off = 1e-24, smallest_factor = 1e-4;

    // 1. The mean of what counts.
    std::vector<double> weighted(losses.size());
    for (std::size_t m = 0; m < losses.size(); ++m)
      weighted[m] = factors[m] * losses[m];
    const double sum = sum_of(weighted);
    if (!std::isfinite(sum))
      return factors;
    const auto counts = [&](const double loss) {
      return loss > round_off * sum;
    };
    const auto n_counting =
      std::count_if(weighted.begin(), weighted.end(), counts);
    if (n_counting < 2)
      return factors;
    const double mean = sum / n_counting;

    // 2. The rule.
    std::vector<double> result = factors;
    for (std::size_t m = 0; m < losses.size(); ++m)
      if (counts(weighted[m]))
        result[m] *= std::pow(mean / weighted[m], exponent);
    const double scale = result.size() / sum_of(result);
    for (double &factor : result)
      factor = std::max(scale * factor, smallest_factor);
    return result;
  }
} // namespace sobolev
