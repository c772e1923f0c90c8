// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_adam_h
#define sobolev_training_adam_h

#include <sobolev/training/learning_rate.h>
#include <sobolev/training/optimizer.h>

namespace sobolev
{
  /** Options of Adam. */
  struct AdamOptions
  {
    double            learning_rate = 1e-3;
    double            beta_1        = 0.9;
    double            beta_2        = 0.999;
    double            epsilon       = 1e-8;
    LearningRateDecay decay;
  };



  /**
   * Adam (Kingma and Ba, arXiv:1412.6980), full batch:
   * @f[
   *   m \leftarrow \beta_1 m + (1-\beta_1) g, \quad
   *   v \leftarrow \beta_2 v + (1-\beta_2) g^2, \quad
   *   \theta \leftarrow \theta - \eta\,
   *     \frac{m / (1-\beta_1^t)}{\sqrt{v / (1-\beta_2^t)} + \epsilon} .
   * @f]
   * If the loss or the gradient is not finite, the last step is taken back and
   * the learning rate halved, for at most 20 times in a row.
   */
  class Adam : public Optimizer
  {
  public:
    explicit Adam(const AdamOptions &options = {});

    std::string name() const override;

    void minimize(const TrainingProblem &problem,
                  std::vector<double>   &theta,
                  TrainingMonitor       &monitor) const override;

  private:
    const AdamOptions options;
  };
} // namespace sobolev

#endif
