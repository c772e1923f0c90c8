// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/frozen_network.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  FrozenNetwork::FrozenNetwork(const Network             &network,
                               const std::vector<double> &theta)
    : map(network)
    , parameters(theta)
    , prepared(map)
  {
    AssertInput(parameters.size() == map.n_parameters(),
                "network: " << parameters.size()
                            << " parameters are given, but it has "
                            << map.n_parameters() << ".");
    AssertInput(std::all_of(parameters.begin(),
                            parameters.end(),
                            [](const double value) {
                              return std::isfinite(value);
                            }),
                "network: a parameter is not a finite number.");
    prepared.assign(dealii::make_array_view(parameters));
  }
} // namespace sobolev
