// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_adagrad_h
#define sobolev_training_adagrad_h

#include <sobolev/training/learning_rate.h>
#include <sobolev/training/optimizer.h>

namespace sobolev
{
  /** Options of AdaGrad. */
  struct AdaGradOptions
  {
    double            learning_rate = 1e-2;
    double            epsilon       = 1e-10;
    LearningRateDecay decay;
  };



  /**
   * AdaGrad (Duchi, Hazan, Singer, J. Mach. Learn. Res. 12, 2121, 2011), full
   * batch:
   * @f[
   *   v \leftarrow v + g^2, \quad
   *   \theta \leftarrow \theta - \eta\, \frac{g}{\sqrt v + \epsilon} .
   * @f]
   * What is not finite is treated as Adam does.
   */
  class AdaGrad : public Optimizer
  {
  public:
    explicit AdaGrad(const AdaGradOptions &options = {});

    std::string name() const override;

    void minimize(const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor) const override;

  private:
    const AdaGradOptions options;
  };
} // namespace sobolev

#endif
