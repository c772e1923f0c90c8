// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_next_stage_h
#define sobolev_network_next_stage_h

#include <sobolev/network/architecture.h>
#include <sobolev/network/frozen_network.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /** What a network that adds to a trained one has of its own. */
  struct NextStageOptions
  {
    /** Empty: as many neurons as the trained one. */
    std::vector<unsigned int> hidden_widths;

    std::string activation = "sin";

    /** Slopes of the first and of the other hidden layers, see Architecture. */
    double first_slope = 1., slope = 1.;
  };

  /**
   * A network whose outputs are those of @p trained plus $\varphi s N_2$, see
   * FrozenOutput, with the inputs, features and factors $\varphi$ of the
   * trained one.
   *
   * @param amplitude $s$ relative to the output scales of the trained one.
   */
  Architecture
  make_next_stage(const std::shared_ptr<const FrozenNetwork> &trained,
                  const NextStageOptions                     &options,
                  const double                                amplitude);
} // namespace sobolev

#endif
