// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_weighting_entries_h
#define sobolev_application_weighting_entries_h

#include <sobolev/training/block_weighting.h>
#include <sobolev/training/constrained_training.h>
#include <sobolev/training/point_weighting.h>
#include <sobolev/weighting/weighting_options.h>

#include <deal.II/base/parameter_handler.h>

namespace sobolev
{
  /** The section Loss weighting: weights of blocks, and when they change. */
  void declare_loss_weighting(dealii::ParameterHandler &prm,
                              WeightingOptions         &weighting,
                              BlockWeightingOptions    &options);

  /** The section Constraints: multipliers and penalties of blocks. */
  void declare_constraints(dealii::ParameterHandler &prm,
                           ConstraintOptions        &options);

  /** The section Point weighting: weights of single points. */
  void declare_point_weighting(dealii::ParameterHandler &prm,
                               PointWeightingOptions    &options);
} // namespace sobolev

#endif
