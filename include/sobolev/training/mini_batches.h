// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_mini_batches_h
#define sobolev_training_mini_batches_h

#include <sobolev/objective/network_objective.h>
#include <sobolev/training/loss_adaptation.h>

#include <cstdint>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The loss of a NetworkObjective, or of one that it is a part of, with
   * gradients at one mini-batch of its points per iteration, for methods that
   * need gradients only: Adam, RMSProp, AdaGrad, SOAP.
   *
   * The points are in batches (InputPoints::batch_sizes) which stay as they are;
   * each epoch visits all of them once, in another random order, which depends
   * on the seed and the number of the iteration only: shuffle-once with
   * reshuffled batches, see Mishchenko, Khaled and Richtarik 2020
   * (arXiv:2006.05988). It is the same for every number of processes if the
   * batches are.
   *
   * Give it to a TrainingProblem twice, as loss and as adaptation, before other
   * adaptations, for instance BlockWeighting: they see losses and gradients at
   * the present batch, too. It is no LocalObjective on purpose: methods of
   * least squares refuse it. Others that search along a line, L-BFGS for
   * instance, must not get it.
   */
  class MiniBatches : public LocalLoss, public LossAdaptation
  {
  public:
    /** The loss of @p points, which are referenced. */
    MiniBatches(NetworkObjective &points, const std::uint64_t seed);

    /**
     * References both.
     *
     * @param trained The sum of squares of @p points with other weights of its
     *                blocks (ReweightedObjective), or with something else
     *                (JoinedObjective).
     */
    MiniBatches(const LocalObjective &trained,
                NetworkObjective     &points,
                const std::uint64_t   seed);

    /** All points count again. */
    ~MiniBatches() override;

    unsigned int n_parameters() const override;

    std::vector<std::string> block_names() const override;

    std::vector<ParameterGroup> parameter_groups() const override;

    /** At all points. */
    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override;

    /** At the points of the present batch, times the number of batches. */
    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double> &gradient) const override;

    /** Go to the batch of the next iteration. Does not communicate. */
    bool update(const std::vector<double> &theta,
                const TrainingProgress    &progress) override;

    /** The batch of an iteration, from 0. */
    unsigned int batch_of(const unsigned int iteration) const;

  private:
    const LocalObjective &trained;
    NetworkObjective     &points;
    const std::uint64_t   seed;
    unsigned int          present = 0;
  };
} // namespace sobolev

#endif
