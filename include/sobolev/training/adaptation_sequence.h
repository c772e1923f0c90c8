// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_adaptation_sequence_h
#define sobolev_training_adaptation_sequence_h

#include <sobolev/training/loss_adaptation.h>

#include <vector>

namespace sobolev
{
  /** Several changes of one loss, one after the other. */
  class AdaptationSequence : public LossAdaptation
  {
  public:
    /** @p adaptation is referenced. */
    void
    add(LossAdaptation &adaptation)
    {
      parts.push_back(&adaptation);
    }

    bool
    empty() const
    {
      return parts.empty();
    }

    /** All of them, even if the first ones have changed the loss. */
    bool
    update(const std::vector<double> &theta,
           const TrainingProgress    &progress) override
    {
      bool has_changed = false;
      for (LossAdaptation *const part : parts)
        has_changed = part->update(theta, progress) || has_changed;
      return has_changed;
    }

  private:
    std::vector<LossAdaptation *> parts;
  };
} // namespace sobolev

#endif
