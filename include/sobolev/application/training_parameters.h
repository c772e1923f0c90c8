// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_training_parameters_h
#define sobolev_application_training_parameters_h

#include <sobolev/application/optimizer_parameters.h>
#include <sobolev/application/stage_parameters.h>
#include <sobolev/sampling/point_draw.h>
#include <sobolev/training/block_schedule.h>
#include <sobolev/training/block_weighting.h>
#include <sobolev/training/constrained_training.h>
#include <sobolev/training/point_weighting.h>
#include <sobolev/training/training_monitor.h>
#include <sobolev/weighting/weighting_options.h>

#include <deal.II/base/parameter_handler.h>

#include <map>
#include <memory>
#include <string>

namespace sobolev
{
  /** The section Training of a parameter file: how the loss is minimised. */
  class TrainingParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for combinations that make no sense. */
    void parse_parameters();

    /** The optimizer of an attempt; attempts count from 1. */
    std::unique_ptr<Optimizer>
    make_optimizer(const unsigned int attempt = 1) const;

    /** Whether the energy is minimised, not the residuals. */
    bool
    uses_energy() const
    {
      return objective == "energy";
    }

    /** Whether there are hold-out points. */
    bool
    has_hold_out() const
    {
      return uses_hold_out;
    }

    /** Whether points are replaced by others while training. */
    bool
    redraws_points() const
    {
      return hold_out_action == "redraw";
    }

    /** The points after an interruption of training. */
    PointDraw other_points(const PointDraw &points) const;

    /** The points of another attempt. */
    PointDraw points_of_next_attempt(const PointDraw &points) const;

    /** Whether the weights of the blocks change while training. */
    bool
    changes_weights() const
    {
      return weighting.rule != "none";
    }

    /** Whether some blocks are constraints with multipliers. */
    bool
    has_constraints() const
    {
      return constraints.method != "none";
    }

    /** Whether each iteration uses a part of the points only. */
    bool
    uses_batches() const
    {
      return batch_size > 0;
    }

    /**
     * For tasks whose points are those of a mesh.
     *
     * @throws InputError if there are mini-batches.
     */
    void require_all_points() const;

    /**
     * For tasks whose points are samples, which are all there is.
     *
     * @throws InputError if there would have to be others, or something else
     * than residuals.
     */
    void require_fixed_samples() const;

    MonitorOptions monitor;

    /** Points of a mini-batch on all processes, about; 0: all points [-]. */
    unsigned int batch_size = 0;

    /** Which blocks are constraints, and how their multipliers change. */
    ConstraintOptions constraints;

    /** Weights of single points. */
    PointWeightingOptions point_weighting;

    /** Weight of SlopeRecovery; 0: it is left out. */
    double slope_recovery = 0.;

    /** Part of the run over which it falls to zero; 0: it stays. */
    double slope_recovery_decay = 0.;

    /** How weights of the blocks change, and when. */
    WeightingOptions      weighting;
    BlockWeightingOptions block_weighting;

    /** Which blocks count when. */
    BlockSchedule schedule;

    /** Networks one after the other. */
    StageParameters stages;

    /** File of a surrogate to begin with; empty: random parameters. */
    std::string initial_surrogate;

    /** File with multipliers or weights of points to begin with, or empty. */
    std::string initial_row_weights;

  private:
    void check_batches() const;

    std::string                         objective = "residual";
    std::map<std::string, unsigned int> starts_of_blocks;

    unsigned int        max_restarts = 2, max_point_changes = 5;
    double              restart_factor = 1., point_factor = 2.;
    bool                uses_hold_out   = true;
    std::string         hold_out_action = "none";
    OptimizerParameters optimizers;
  };
} // namespace sobolev

#endif
