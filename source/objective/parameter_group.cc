// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/parameter_group.h>

namespace sobolev
{
  std::vector<ParameterGroup>
  make_parameter_groups(const ParameterLayout &layout)
  {
    using Kind = ParameterGroup::Kind;

    std::vector<ParameterGroup> groups;
    unsigned int                next = 0;
    const auto                  add  = [&](const Kind         kind,
                         const unsigned int n_rows,
                         const unsigned int n_columns) {
      if (n_rows * n_columns > 0)
        groups.push_back({kind, next, n_rows, n_columns});
      next += n_rows * n_columns;
    };

    const auto &layers = layout.layers();
    for (unsigned int l = 0; l < layers.size(); ++l)
      {
        const auto &layer   = layers[l];
        const bool  is_last = l + 1 == layers.size();
        add(is_last ? Kind::output_weights : Kind::hidden_weights,
            layer.n_out,
            layer.n_in);
        add(
          is_last ? Kind::output_biases : Kind::hidden_biases, layer.n_out, 1);
        add(Kind::other, layer.n_slopes, 1);
        add(Kind::other, layer.n_factors, 1);
        add(Kind::other, layer.n_gains, 1);
        add(Kind::other, layer.n_gains, 1);
        add(Kind::other, layer.n_statistics, 1);
        add(Kind::other, layer.n_statistics, 1);
      }

    for (const auto &coefficient : layout.coefficients())
      if (coefficient.field)
        for (auto group : make_parameter_groups(*coefficient.field))
          add(Kind::coefficients, group.n_rows, group.n_columns);
      else
        add(Kind::coefficients, 1, 1);
    return groups;
  }
} // namespace sobolev
