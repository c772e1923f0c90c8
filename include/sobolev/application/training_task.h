// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_training_task_h
#define sobolev_application_training_task_h

#include <sobolev/network/network.h>
#include <sobolev/objective/local_loss.h>
#include <sobolev/sampling/input_points.h>
#include <sobolev/sampling/point_draw.h>

#include <cstddef>
#include <functional>
#include <memory>

namespace sobolev
{
  /**
   * What a network is to learn, for a TrainingRun that may want other points
   * or another network on the way.
   */
  struct TrainingTask
  {
    /** The part of a loss of this process. */
    struct Loss
    {
      std::unique_ptr<LocalLoss> local;
      /** Local points of all kinds. */
      std::size_t n_points = 0;
    };

    /**
     * Make the loss of a network, which must outlive it, at some points.
     * Collective.
     */
    std::function<Loss(const Network &, const PointDraw &)> make_loss;

    /** The points in the interior. Collective. */
    std::function<InputPoints(const PointDraw &)> interior_points;
  };
} // namespace sobolev

#endif
