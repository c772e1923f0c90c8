// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_stage_parameters_h
#define sobolev_application_stage_parameters_h

#include <sobolev/network/next_stage.h>

#include <deal.II/base/parameter_handler.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * The entries of section Training about stages: networks that are trained one
   * after the other, each for what those before have left.
   */
  class StageParameters
  {
  public:
    /** Within section Training. */
    void declare_parameters(dealii::ParameterHandler &prm);

    /**
     * @param has_residuals Whether the loss is a sum of squares.
     *
     * @throws InputError for combinations that make no sense.
     */
    void parse_parameters(const bool has_residuals);

    unsigned int
    n_stages() const
    {
      return number;
    }

    /**
     * The part of all iterations and of all the time that is over when stage
     * @p stage, counted from zero, has to end.
     */
    double end_of(const unsigned int stage) const;

    /** What a later stage is tried with: the first slopes to choose from. */
    std::vector<NextStageOptions> candidates() const;

    /** Factor of the first weights of the last layer of a later stage. */
    double last_layer_factor = 0.1;

  private:
    unsigned int              number = 1;
    std::vector<double>       shares;
    std::vector<unsigned int> hidden_layers;
    std::string               activation = "sin";
    std::vector<double>       first_slopes{1., 2., 4., 8.};
    double                    slope = 1.;
  };
} // namespace sobolev

#endif
