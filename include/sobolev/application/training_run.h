// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_training_run_h
#define sobolev_application_training_run_h

#include <sobolev/application/json_object.h>
#include <sobolev/application/run_parameters.h>
#include <sobolev/application/training_parameters.h>
#include <sobolev/network/network.h>
#include <sobolev/objective/local_loss.h>
#include <sobolev/sampling/input_points.h>

#include <deal.II/base/mpi.h>

#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace sobolev
{
  /** What is known after training. */
  struct TrainingOutcome
  {
    unsigned long long n_points   = 0;
    unsigned int       iterations = 0;
    double             seconds    = 0.;
    double             loss       = 0.;
    double             hold_out   = 0.;
    std::string        stop_reason;
  };



  /**
   * The training of one network in an application: from the objective to
   * `history.csv`, `checkpoint/` and `surrogate.h5` in the folder of the
   * results, and what summary and report say about it.
   *
   * Surrogates are saved as a NetworkFunction<dim>, with dim being the number
   * of inputs but at most three; the other inputs are its parameters.
   * References all arguments of the constructor. Functions are collective
   * unless they say otherwise.
   */
  class TrainingRun
  {
  public:
    /** Free text about where a surrogate comes from, by topic. */
    using Provenance = std::map<std::string, std::string>;

    /**
     * @param provenance Date, seed and parameters are added.
     * @param progress   For lines while it runs; null for none.
     */
    TrainingRun(const Network            &network,
                const TrainingParameters &training,
                const RunParameters      &run,
                const Provenance         &provenance,
                std::ostream             *progress,
                const MPI_Comm            communicator);

    /**
     * Minimise the loss and return the best parameters.
     *
     * @param loss, hold_out The loss, and that at other points.
     * @param n_points Local points of the loss.
     * @param points   The local interior points, for the statistics of a
     *                 batch normalisation.
     */
    std::vector<double> minimize(const LocalLoss                    &loss,
                                 const LocalLoss                    &hold_out,
                                 const std::size_t                   n_points,
                                 const std::function<InputPoints()> &points);

    const TrainingOutcome &
    outcome() const
    {
      return result;
    }

    /** Free text for a surrogate of this run; local. */
    Provenance provenance() const;

    /** Add what came out; local. */
    void add_to(JsonObject &summary) const;

    /** The same as names and values for a Report; local. */
    std::vector<std::pair<std::string, std::string>> facts() const;

  private:
    std::vector<double>
    make_initial_parameters(const std::function<InputPoints()> &points) const;

    // On one process.
    void save(const std::vector<double> &theta, const std::string &file) const;

    const Network            &network;
    const TrainingParameters &training;
    const RunParameters      &run;
    const Provenance          origin;
    std::ostream *const       progress;
    const MPI_Comm            communicator;
    TrainingOutcome           result;
  };



  /** With three digits, as reports and tables have it. */
  std::string in_scientific_notation(const double value);
} // namespace sobolev

#endif
