// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_rmsprop_h
#define sobolev_training_rmsprop_h

#include <sobolev/training/learning_rate.h>
#include <sobolev/training/optimizer.h>

namespace sobolev
{
  /** Options of RMSProp. */
  struct RMSPropOptions
  {
    double            learning_rate = 1e-3;
    double            memory        = 0.99;
    double            epsilon       = 1e-8;
    LearningRateDecay decay;
  };



  /**
   * RMSProp (Tieleman, Hinton, lecture 6.5 of Neural Networks for Machine
   * Learning, 2012), full batch:
   * @f[
   *   v \leftarrow \beta v + (1-\beta) g^2, \quad
   *   \theta \leftarrow \theta - \eta\, \frac{g}{\sqrt v + \epsilon} .
   * @f]
   * What is not finite is treated as Adam does.
   */
  class RMSProp : public Optimizer
  {
  public:
    explicit RMSProp(const RMSPropOptions &options = {});

    std::string name() const override;

    void minimize(const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor) const override;

  private:
    const RMSPropOptions options;
  };
} // namespace sobolev

#endif
