// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/frozen_output.h>
#include <sobolev/network/point_tile.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>

namespace sobolev
{
  FrozenOutput::FrozenOutput(
    const std::shared_ptr<const FrozenNetwork> &network,
    const unsigned int                          output)
    : network(network)
    , output(output)
  {
    AssertIndexRange(output, network->network().n_outputs());
  }



  std::string
  FrozenOutput::name() const
  {
    return "network output";
  }



  std::vector<double>
  FrozenOutput::parameters() const
  {
    return {double(output)};
  }



  Jet
  FrozenOutput::evaluate(const dealii::ArrayView<const Jet> &x) const
  {
    const JetSpecification &jet = x[0].specification();
    std::vector<double>     inputs;
    for (unsigned int i = 0; i < x.size(); ++i)
      {
        for (unsigned int c = 1; c < jet.n_channels(); ++c)
          Assert(x[i][c] == Jet::input(jet, i, 0.)[c],
                 dealii::ExcMessage("Only the inputs themselves are possible, "
                                    "not functions of them."));
        inputs.push_back(x[i][0]);
      }

    PointTile points(jet, inputs.size(), 1);
    points.reinit(inputs.data(), 1, 1);
    std::vector<double> values(jet.n_channels());
    evaluate_points(points, values.data());
    Jet result(jet, 0.);
    for (unsigned int c = 0; c < jet.n_channels(); ++c)
      result[c] = values[c];
    return result;
  }



  void
  FrozenOutput::evaluate_points(PointTile &points, double *values) const
  {
    const JetTile     &jets = points.network_jets(network);
    const unsigned int n    = points.n_points();
    for (unsigned int c = 0; c < points.specification().n_channels(); ++c)
      std::copy_n(jets.output(output, c), n, values + c * n);
  }
} // namespace sobolev
