// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/sampling/input_points.h>

#include <algorithm>

namespace sobolev
{
  void
  InputPoints::append(const InputPoints &other)
  {
    AssertDimension(other.n_rows, n_rows);
    AssertDimension(other.batch_sizes.size(), batch_sizes.size());

    // 1. Where each point comes from: the others have numbers behind these.
    std::vector<std::size_t> order;
    std::size_t              own_end = 0, other_end = n_columns;
    const auto               take = [&](std::size_t &end, const std::size_t n) {
      for (std::size_t i = 0; i < n; ++i)
        order.push_back(end++);
    };
    if (batch_sizes.empty())
      {
        take(own_end, n_columns);
        take(other_end, other.n_columns);
      }
    for (std::size_t batch = 0; batch < batch_sizes.size(); ++batch)
      {
        take(own_end, batch_sizes[batch]);
        take(other_end, other.batch_sizes[batch]);
        batch_sizes[batch] += other.batch_sizes[batch];
      }

    // 2. Take them from there.
    std::vector<double> all_values, all_weights;
    all_values.reserve(n_rows * order.size());
    for (unsigned int i = 0; i < n_rows; ++i)
      for (const std::size_t p : order)
        all_values.push_back(p < n_columns ? (*this)(i, p)
                                           : other(i, p - n_columns));
    for (const std::size_t p : order)
      all_weights.push_back(p < n_columns ? weights[p]
                                          : other.weights[p - n_columns]);
    values    = all_values;
    weights   = all_weights;
    n_columns = order.size();
  }



  InputPoints
  InputPoints::selection(const std::vector<std::size_t> &numbers) const
  {
    InputPoints result(n_rows, numbers.size());
    for (std::size_t p = 0; p < numbers.size(); ++p)
      {
        result.weights[p] = weights[numbers[p]];
        for (unsigned int i = 0; i < n_rows; ++i)
          result(i, p) = (*this)(i, numbers[p]);
      }
    return result;
  }
} // namespace sobolev
