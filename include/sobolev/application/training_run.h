// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_training_run_h
#define sobolev_application_training_run_h

#include <sobolev/application/json_object.h>
#include <sobolev/application/run_parameters.h>
#include <sobolev/application/training_attempts.h>
#include <sobolev/application/training_parameters.h>
#include <sobolev/application/training_task.h>
#include <sobolev/network/network.h>

#include <deal.II/base/conditional_ostream.h>
#include <deal.II/base/mpi.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace sobolev
{
  /** What is known after a stage of the training, see StageParameters. */
  struct StageOutcome
  {
    /** The network of this stage in words. */
    std::string network;

    /** Iterations and time of this stage. */
    unsigned int iterations = 0;
    double       seconds    = 0.;

    /** With this and all stages before. */
    double loss     = 0.;
    double hold_out = 0.;

    std::string stop_reason;

    /** Whether the stage improved the loss at hold-out points. */
    bool is_kept = true;
  };



  /** What is known after training. */
  struct TrainingOutcome
  {
    unsigned long long n_points   = 0;
    unsigned int       iterations = 0;
    double             seconds    = 0.;
    double             loss       = 0.;
    double             hold_out   = 0.;
    std::string        stop_reason;
    unsigned int       n_attempts = 1, best_attempt = 1;
    unsigned int       n_point_changes = 0;

    /** Of each block, by its name, with the weights of the parameter file. */
    std::vector<std::pair<std::string, double>> losses;

    std::vector<StageOutcome> stages;
  };



  /**
   * The training of one network in an application: from a task to
   * `history.csv`, `checkpoint/` and `surrogate.h5` in the folder of the
   * results, and what summary and report say about it.
   *
   * Surrogates are saved as a NetworkFunction<dim>, with dim being the number
   * of inputs but at most three; the other inputs are its parameters.
   * References the parameters and streams. Functions are collective unless
   * they say otherwise.
   */
  class TrainingRun
  {
  public:
    /** Free text about where a surrogate comes from, by topic. */
    using Provenance = std::map<std::string, std::string>;

    /**
     * @param provenance Date, seed and parameters are added.
     * @param out        For what is the same in every run.
     * @param details    For lines while it runs.
     */
    TrainingRun(std::unique_ptr<const Network>    network,
                const TrainingParameters         &training,
                const RunParameters              &run,
                const Provenance                 &provenance,
                const dealii::ConditionalOStream &out,
                const dealii::ConditionalOStream &details,
                const MPI_Comm                    communicator);

    /**
     * Minimise the loss, in stages if the parameters say so, and return the
     * best parameters of network(): with stages, that of the last one, which
     * contains those before.
     */
    std::vector<double> minimize(const TrainingTask &task);

    /** The network that is, or was, trained; local. */
    const Network &
    network() const
    {
      return *trained_network;
    }

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
    make_initial_parameters(const TrainingTask &task,
                            const unsigned int  attempt) const;

    // What the random parameters of an attempt depend on.
    std::uint64_t seed_of(const unsigned int attempt) const;

    // Random parameters, with the statistics of a batch normalisation.
    std::vector<double> make_random_parameters(const Network      &network,
                                               const std::uint64_t seed,
                                               const TrainingTask &task) const;

    // Train network(), return the best parameters and add what came out to the
    // result.
    std::vector<double> minimize_stage(
      const TrainingTask                        &task,
      const TrainingAttempts::InitialParameters &initial_parameters);

    // Replace network() by one that adds to it, and theta by its parameters.
    void add_stage(const TrainingTask &task, std::vector<double> &theta);

    // The network for the next stage.
    std::unique_ptr<const Network>
    choose_next_network(const TrainingTask        &task,
                        const std::vector<double> &theta) const;

    // Wall time since the training began, setting up stages included.
    double seconds_so_far() const;

    // On one process.
    void save(const std::vector<double> &theta, const std::string &file) const;

    std::unique_ptr<const Network>    trained_network;
    const TrainingParameters         &training;
    const RunParameters              &run;
    const Provenance                  origin;
    const dealii::ConditionalOStream &out;
    std::ostream *const               progress;
    const MPI_Comm                    communicator;
    TrainingOutcome                   result;

    std::chrono::steady_clock::time_point begin;
    double                                loss_scale = 0.;
  };



  /** With three digits, as reports and tables have it. */
  std::string in_scientific_notation(const double value);
} // namespace sobolev

#endif
