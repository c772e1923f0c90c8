// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/frozen_output.h>
#include <sobolev/network/next_stage.h>

#include <deal.II/base/exceptions.h>

namespace sobolev
{
  Architecture
  make_next_stage(const std::shared_ptr<const FrozenNetwork> &trained,
                  const NextStageOptions                     &options,
                  const double                                amplitude)
  {
    Architecture architecture = trained->network().architecture();
    Assert(architecture.coefficients.empty(),
           dealii::ExcMessage("Coefficients are not trained in stages."));
    if (!options.hidden_widths.empty())
      architecture.hidden_widths = options.hidden_widths;
    architecture.activation   = options.activation;
    architecture.slopes.first = options.first_slope;
    architecture.slopes.other = options.slope;

    architecture.offsets.clear();
    for (unsigned int o = 0; o < architecture.n_outputs(); ++o)
      {
        architecture.output_scale[o] *= amplitude;
        architecture.output_shift[o] = 0.;
        architecture.offsets.push_back(
          std::make_shared<FrozenOutput>(trained, o));
      }
    return architecture;
  }
} // namespace sobolev
