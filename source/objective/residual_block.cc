// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/residual_block.h>

#include <cmath>

namespace sobolev
{
  ResidualBlock::ResidualBlock(const std::string &name,
                               InputPoints        points,
                               const double       weight)
    : block_name(name)
    , samples(std::move(points))
  {
    set_weight(weight);
    for (std::size_t p = 0; p < samples.size(); ++p)
      if (!(samples.weights[p] >= 0.))
        {
          std::ostringstream place;
          for (const double x : samples.point(p))
            place << (place.tellp() > 0 ? ", " : "") << x;
          AssertInput(false,
                      "block '" << name << "': the quadrature weight "
                                << samples.weights[p] << " at the point ("
                                << place.str()
                                << ") is negative; the mesh has inverted "
                                   "cells, perhaps because its manifolds do "
                                   "not fit the mapping degree.");
        }
  }



  void
  ResidualBlock::set_weight(const double weight)
  {
    Assert(weight >= 0. && std::isfinite(weight),
           dealii::ExcMessage("The weight of a block must be a finite number "
                              "that is not negative."));
    block_weight = weight;
  }



  void
  ResidualBlock::set_loss_function(const LossFunction &loss_function)
  {
    AssertInput(
      loss_function.threshold > 0. && std::isfinite(loss_function.threshold),
      "block '" << name() << "': the threshold " << loss_function.threshold
                << " of the loss function is not a positive number.");
    residual_loss = loss_function;
  }
} // namespace sobolev
