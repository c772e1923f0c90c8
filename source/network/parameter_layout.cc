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

      all_layers.push_back(layer);
      next = layer.factors + layer.n_factors;
      n_in = n_out;
    };
    for (const unsigned int width : architecture.hidden_widths)
      add(width, true);
    add(architecture.n_outputs(), false);
  }
} // namespace sobolev
