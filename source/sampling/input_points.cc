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
    Assert(batch_sizes.empty() && other.batch_sizes.empty(),
           dealii::ExcMessage("Points in batches cannot be joined."));

    std::vector<double> all;
    all.reserve(values.size() + other.values.size());
    for (unsigned int i = 0; i < n_rows; ++i)
      for (const InputPoints *part :
           {static_cast<const InputPoints *>(this), &other})
        all.insert(all.end(), part->input(i).begin(), part->input(i).end());
    values = all;
    n_columns += other.n_columns;
    weights.insert(weights.end(), other.weights.begin(), other.weights.end());
  }
} // namespace sobolev
