// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/parameter_layout.h>

namespace sobolev
{
  ParameterLayout::ParameterLayout(const Architecture &architecture)
  {
    using Kind = Architecture::Slopes::Kind;

    unsigned int n_in = architecture.n_first_inputs();
    unsigned int next = 0;
    const auto   add  = [&](const unsigned int n_out, const bool is_hidden) {
      Layer layer;
      layer.n_in    = n_in;
      layer.n_out   = n_out;
      layer.weights = next;
      layer.bias    = layer.weights + n_in * n_out;
      layer.slopes  = layer.bias + n_out;

      const Kind kind = architecture.slopes.kind;
      layer.n_slopes  = !is_hidden || kind == Kind::fixed ? 0
                           : kind == Kind::layer             ? 1
                                                             : n_out;
      layer.factors   = layer.slopes + layer.n_slopes;
      layer.n_factors = architecture.factorized_weights ? n_out : 0;

      using Normalization = Architecture::Normalization;
      const Normalization normalization =
        is_hidden ? architecture.normalization : Normalization::none;
      layer.n_gains      = normalization == Normalization::none ? 0 : n_out;
      layer.gains        = layer.factors + layer.n_factors;
      layer.shifts       = layer.gains + layer.n_gains;
      layer.n_statistics = normalization == Normalization::batch ? n_out : 0;
      layer.means        = layer.shifts + layer.n_gains;
      layer.variances    = layer.means + layer.n_statistics;

      all_layers.push_back(layer);
      next = end(layer);
      n_in = n_out;
    };
    for (const unsigned int width : architecture.hidden_widths)
      add(width, true);
    add(architecture.n_layer_outputs(), false);

    for (const auto &coefficient : architecture.coefficients)
      {
        Coefficient position{next, 1, nullptr};
        if (coefficient.field)
          {
            position.field =
              std::make_shared<ParameterLayout>(*coefficient.field);
            position.n_parameters = position.field->n_parameters();
          }
        all_coefficients.push_back(position);
        next += position.n_parameters;
      }
    size = next;
  }



  unsigned int
  ParameterLayout::end(const Layer &layer)
  {
    return layer.variances + layer.n_statistics;
  }
} // namespace sobolev
